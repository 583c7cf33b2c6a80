"""Infrastructure as code for fine-tuned Azure OpenAI models."""
