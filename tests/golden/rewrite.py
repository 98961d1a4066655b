"""Write the stored results anew; say why in the CHANGELOG, under "Results changed".

python -m tests.golden.rewrite
"""

import json

from tests.golden.cases import FOLDER, result, scenarios


def main() -> None:
    for name, scenario in scenarios().items():
        text = json.dumps(result(scenario), indent=1) + "\n"
        (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
