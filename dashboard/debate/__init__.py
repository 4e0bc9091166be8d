"""What a debate is: its model, its files, its positions. Works without any user interface."""
