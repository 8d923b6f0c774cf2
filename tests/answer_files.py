"""Answer files as the script of the questionnaire page writes them."""

import base64
import json
import zlib

from techprio.forms.answer_file import BEGIN, END
from techprio.kept_files import checksum_of


def answers_text(fields):
    """Return the answer file of fields, one answer a line, checksum last."""
    lines = ["{"]
    for key, value in fields.items():
        if key in ("answers", "checksum"):
            continue
        lines.append(f'"{key}": {_json(value)},')
    lines.append('"answers": [')
    lines.append(",\n".join(_json(answer) for answer in fields["answers"]))
    content = "\n".join([*lines, "]"])
    return f'{content},\n"checksum": "{checksum_of(content + chr(10) + "}" + chr(10))}"\n}}\n'


def pasted_text(content):
    """Return an answer file as text for a mail or a chat."""
    data = content.encode()
    body = base64.b64encode(data).decode()
    lines = [body[at : at + 64] for at in range(0, len(body), 64)]
    return "\n".join([BEGIN, *lines, f"CRC32={zlib.crc32(data):08x}", END, ""])


def _json(value):
    return json.dumps(value, ensure_ascii=False)
