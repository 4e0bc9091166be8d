"""Pages as short scripts that read like a table of contents."""
