import * as path from "node:path";
import { expect } from "chai";
import { assembleScript } from "../../../components/document/script";
import { messageOf } from "../../mocks";
import { documentsWith } from "./folder";

/** What is registered for a step whose file is `step/do.py`. */
function assembled(python: string, others: Record<string, string> = {}): string {
  const files = Object.entries({ "step/do.py": python, ...others });
  const folder = documentsWith(Object.fromEntries(files.map(([name, text]) => [`scripts/${name}`, text])));
  return assembleScript(path.join(folder, "scripts"), "step/do.py");
}

const SHARED = { "shared/a.py": "def a() -> int:\n    return 1\n" };

describe("a step's script", () => {
  it("has the text of a shared module where it imports from it, each module once and before what uses it", () => {
    const text = assembled(
      "import time\n\nfrom shared.b import b\nfrom shared.a import a, other\n\n\ndef do(event: dict) -> int:\n    return a() + b()\n",
      {
        "shared/a.py": '"""A."""\n\n\ndef a() -> int:\n    return 1\n\n\ndef other() -> int:\n    return 2\n',
        "shared/b.py": "from shared.a import a\n\nB = a()\n\n\ndef b() -> int:\n    return B\n",
      },
    );
    expect(text).to.equal(
      [
        "def a() -> int:",
        "    return 1",
        "",
        "",
        "B = a()",
        "",
        "",
        "def b() -> int:",
        "    return B",
        "",
        "",
        "def do(event: dict) -> int:",
        "    return a() + b()",
      ].join("\n"),
    );
  });

  for (const [what, statement] of [
    ["on one line", "from shared.a import a"],
    ["with a comment", "from shared.a import a  # why"],
    ["in parentheses", "from shared.a import (a)"],
    [
      "in parentheses of several lines",
      "from shared.a import (\n    a,  # why\n    # and why\n    other,\n)",
    ],
  ]) {
    it(`takes an import ${what}`, () => {
      expect(assembled(`${statement}\nX = a\n`, SHARED)).to.equal("def a() -> int:\n    return 1\nX = a");
    });
  }

  it("takes a module in a folder of the shared ones", () => {
    expect(assembled("from shared.deep.c import C\nX = C\n", { "shared/deep/c.py": "C = 1\n" })).to.equal(
      "C = 1\nX = C",
    );
  });

  it("leaves out comments on lines of their own and docstrings, and nothing else", () => {
    const text = assembled(`#!/usr/bin/env python3
"""What this is.

It has # no comment, and "quotes".
"""
# A comment.
import re  # stays

A = "# stays"  # stays
B = """
# stays
"""
C = [
    # A comment.
    re,  # isn't "gone
    '''
    # stays''',
]


def one() -> str:
    """Says one."""
    # A comment.
    text = '"""'
    # Another, with """ in it.
    return text + "'# stays'" + r"\\"

    # The last one.


class Two:
    r'''Several

    lines.'''

    name: str


async def three(
    a: int,
) -> None:
    "Short."
    await a
`);
    expect(text).to.equal(`import re  # stays

A = "# stays"  # stays
B = """
# stays
"""
C = [
    re,  # isn't "gone
    '''
    # stays''',
]


def one() -> str:
    text = '"""'
    return text + "'# stays'" + r"\\"



class Two:

    name: str


async def three(
    a: int,
) -> None:
    await a`);
  });

  it("keeps a docstring that is all that a class has, and a text that is none", () => {
    const python =
      'class Gone(Exception):\n    """It is gone."""\n\n\ndef do() -> None:\n    x = 1\n    "no docstring"';
    expect(assembled(python)).to.equal(python);
  });

  it("leaves alone what is for a type checker only", () => {
    const python =
      "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from mypy_boto3_ec2 import EC2Client as Client\n    from shared.gone import x\n\nA = 1";
    expect(assembled(python)).to.equal(python);
  });

  it("may bind a name in two files to one thing, which is imported once", () => {
    const shared = "from typing import Any\nimport os.path\nA: Any = os\n";
    expect(
      assembled("from typing import Any\nimport os\nfrom shared.a import A\nB: Any = A\n", {
        "shared/a.py": shared,
      }),
    ).to.equal("from typing import Any\nimport os\nimport os.path\nA: Any = os\nB: Any = A");
  });

  describe("has of a shared module what it uses,", () => {
    const shared = (text: string, python = "from shared.a import a\nX = a\n") =>
      assembled(python, { "shared/a.py": text }).replace(/\nX = a$/, "");

    for (const [what, python] of [
      ["through other functions", "def b() -> int:\n    return 1\n\n\ndef a() -> int:\n    return b()"],
      ["before and behind", "def a() -> int:\n    return B\n\n\nB = 1"],
      ["in a decorator", "import functools\n\n\n@functools.cache\ndef a() -> int:\n    return 1"],
      ["in an annotation", "from typing import Any\n\n\ndef a(b: Any) -> None:\n    b()"],
      ["in a class above it", "class B:\n    c = 1\n\n\nclass a(B):\n    pass"],
      ["by one of several names", "a, b = 1, 2"],
      ["by one of several imports", "from os import path, sep\n\na = sep"],
      ["by a text", "B = 1\na = \"globals()['B']\""],
    ] as const) {
      it(what, () => {
        expect(shared(python)).to.equal(python);
      });
    }

    for (const [what, python, left] of [
      ["a function", "def b() -> int:\n    return 1\n\n\na = 2", "a = 2"],
      ["what only that uses", "import os\n\n\ndef b() -> str:\n    return os.name\n\n\na = 2", "a = 2"],
      ["two that use each other", "def b():\n    c()\n\n\ndef c():\n    b()\n\n\na = 2", "a = 2"],
      [
        "with its decorator",
        "import functools\n\n\n@functools.cache\ndef b():\n    pass\n\n\na = 2",
        "a = 2",
      ],
      ["at the end", "a = 2\n\n\nclass B:\n    c = 1", "a = 2"],
    ] as const) {
      it(`and not ${what}`, () => {
        expect(shared(python).trim()).to.equal(left);
      });
    }

    it("and all of its own file", () => {
      expect(shared("a = 1", "from shared.a import a\n\n\ndef do() -> None:\n    pass\n")).to.equal(
        "def do() -> None:\n    pass",
      );
    });
  });

  for (const [what, python, line, sentence] of [
    [
      "a star import",
      "import re\nfrom shared.a import *\n",
      2,
      "a star import does not say which names it takes",
    ],
    [
      "a star import of another's",
      "from re import *\n",
      1,
      "a star import does not say which names it takes",
    ],
    [
      "an alias",
      "from shared.a import a as b\n",
      1,
      "an alias is a name that the module itself does not have",
    ],
    ["an alias among names", "\nfrom shared.a import (\n    a as b,\n)\n", 2, "an alias is a name that"],
    ["a module under an alias", "import re as r\n", 1, "an alias is a name that"],
    [
      "a relative import",
      "from .a import a\n",
      1,
      "a relative import has no package where this text is put in",
    ],
    [
      "from __future__",
      "from __future__ import annotations\n",
      1,
      "from __future__ stands at the beginning of a file",
    ],
    [
      "a shared module as a whole",
      "import shared.a\n",
      1,
      "a shared module is put in where names are imported from it",
    ],
    ["the shared folder as a whole", "from shared import a\n", 1, "only shared modules are put in"],
    [
      "an import in a function",
      "def do() -> None:\n    from shared.a import a\n",
      2,
      "a shared module is put in at the top",
    ],
    ["a relative import in a function", "def do() -> None:\n    from . import a\n", 2, "a relative import"],
    [
      "a module of the step's own folder",
      "from other import x\n",
      1,
      "only shared modules are put in; move what is needed of other into one",
    ],
    [
      "a module of another folder",
      "import elsewhere.x\n",
      1,
      "only shared modules are put in; move what is needed of elsewhere.x into one",
    ],
    [
      "a missing module",
      "A = 1\nfrom shared.none import x\n",
      2,
      "there is no shared/none.py; correct the module's name",
    ],
    ["a tab", "def do() -> None:\n\treturn\n", 2, "there is a tab in this line; indent with blanks"],
    [
      "a variable of Automation",
      'A = f"{{x}}"\n',
      1,
      "{{ begins a variable of Automation wherever it stands",
    ],
    ["one in a comment", "# {{ x }}\n", 1, "{{ begins a variable of Automation"],
    [
      "a call at the top",
      "A = 1\nprint(A)\n",
      2,
      "at the top of a file stand imports, definitions and assignments only",
    ],
    ["a condition at the top", "if True:\n    A = 1\n", 1, "at the top of a file stand imports"],
    ["an entry of a list at the top", "A = {}\nA['b'] = 1\n", 2, "at the top of a file stand imports"],
    ["an addition at the top", "A = 1\nA += 1\n", 2, "at the top of a file stand imports"],
    ["a comparison at the top", "A == 1\n", 1, "at the top of a file stand imports"],
    ["a text at the top that is no docstring", 'A = 1\n"""x"""\n', 2, "at the top of a file stand imports"],
    [
      "an import that is not closed",
      "\n\nfrom shared.a import (a,\n\nA = 1\n",
      3,
      "a bracket of this statement is not closed",
    ],
    [
      "an import that is closed twice",
      "from shared.a import a)\n",
      1,
      "a bracket is closed that was not opened",
    ],
    [
      "a name defined by two files",
      "from shared.a import a\n\n\ndef a() -> int:\n    return 2\n",
      4,
      "a is something else in shared/a.py",
    ],
    [
      "a constant defined by two files",
      "from shared.a import a\na, B = 1, 2\n",
      2,
      "a is something else in shared/a.py",
    ],
    [
      "a name defined here and imported there",
      "from shared.b import b\nre = 1\n",
      2,
      "re is something else in shared/b.py",
    ],
    [
      "one name for a module and for what is in it",
      "import datetime\nfrom shared.b import b\n",
      undefined,
      "datetime is something else in step/do.py",
    ],
  ] as [string, string, number | undefined, string][]) {
    it(`is refused with ${what}, by file and line`, () => {
      const others = {
        ...SHARED,
        "shared/b.py": "import re\nfrom datetime import datetime\nb = re, datetime\n",
        "step/other.py": "x = 1\n",
        "elsewhere/x.py": "x = 1\n",
      };
      const message = messageOf(() => assembled(python, others));
      const where = line === undefined ? "shared/b.py line 2" : `step/do.py line ${line}`;
      expect(message.startsWith(`documents/scripts/${where}: ${sentence}`), message).to.equal(true);
      expect(message).to.match(/^[^\n]*[^.]\.$/);
    });
  }
});
