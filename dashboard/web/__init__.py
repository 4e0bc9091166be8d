"""Between a browser and the app: the server, its routes, who may ask for what."""
