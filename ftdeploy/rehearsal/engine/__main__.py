"""`python -m ftdeploy.rehearsal.engine OPERATION …`."""

import sys

from ftdeploy.rehearsal.engine.command import main

sys.exit(main())
