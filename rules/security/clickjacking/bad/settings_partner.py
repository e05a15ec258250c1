ROOT_URLCONF = "shop.partners"
INSTALLED_APPS = ["django.contrib.sessions", "partners"]
X_FRAME_OPTIONS = "ALLOWALL"  # finding: `X_FRAME_OPTIONS = "DENY"`
