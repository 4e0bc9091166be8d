"""The app: entry point, pages, the view in the URL, the server and the command line."""
