"""What Resource Manager calls the things of Microsoft.CognitiveServices."""

from __future__ import annotations

ACCOUNT_TYPE = "Microsoft.CognitiveServices/accounts"
DEPLOYMENT_TYPE = "Microsoft.CognitiveServices/accounts/deployments"
