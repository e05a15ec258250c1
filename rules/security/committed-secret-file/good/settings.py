import os
from pathlib import Path

EMAIL_HOST_PASSWORD = Path(os.environ["MAIL_PASSWORD_FILE"]).read_text().strip()
