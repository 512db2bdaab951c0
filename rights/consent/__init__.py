"""What sites and pages say of training: each syntax in a file of its own, and how statements are combined."""
