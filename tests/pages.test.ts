import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { writeArgumentsPage, writeOutputsPage } from "../scripts/argumentsPage";

const ROOT = path.join(__dirname, "..");
const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "status/README.md",
  "README.ja.md",
  ...markdownIn("docs"),
  ...markdownIn("docs/ja"),
  ...fs.readdirSync(path.join(ROOT, "examples")).map((name) => `examples/${name}/README.md`),
];

function markdownIn(folder: string): string[] {
  return fs
    .readdirSync(path.join(ROOT, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `${folder}/${name}`);
}

const read = (page: string) => fs.readFileSync(path.join(ROOT, page), "utf8");

/** The anchors that GitHub gives to the headings of a page. */
function anchorsOf(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .replace(/ /g, "-"),
  );
}

/** The links of a page to others of the project, with the page that each leads to. */
function linksOf(page: string): { link: string; file: string; anchor: string | undefined }[] {
  const links = [...read(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link]) => link);
  return links.map((link) => {
    const [file, anchor] = link.split("#");
    return { link, file: file === "" ? page : path.join(path.dirname(page), file), anchor };
  });
}

/** What the loops over links stand on: pages without any would hold whatever became of them. */
function brokenLinks(pages: string[]): string[] {
  return pages.flatMap((page) =>
    linksOf(page)
      .filter(
        ({ file, anchor }) =>
          !fs.existsSync(path.join(ROOT, file)) ||
          (anchor !== undefined && !anchorsOf(file).includes(anchor)),
      )
      .map(({ link }) => `${page}: ${link}`),
  );
}

/** The commands of a page, without what a comment says of them. */
function commandsOf(page: string): string[] {
  return [...read(page).matchAll(/^ {4}(\S.*)$/gm)].map(([, line]) => line.replace(/\s+#.*$/, ""));
}

/** What stands in code in each row of the tables of a page. */
function codeInTables(page: string): string[][] {
  return [...read(page).matchAll(/^\| .*$/gm)].map(([row]) =>
    [...row.matchAll(/`([^`]+)`/g)].map(([, code]) => code).sort(),
  );
}

describe("the pages in Japanese", () => {
  for (const page of ["from-the-article", "operating"]) {
    it(`have the commands and the tables of the English ones: ${page}`, () => {
      const [english, japanese] = [`docs/${page}.md`, `docs/ja/${page}.md`];
      expect(commandsOf(japanese)).to.deep.equal(commandsOf(english));
      expect(codeInTables(japanese)).to.deep.equal(codeInTables(english));
      expect(codeInTables(english).flat()).to.not.have.length(0);
    });
  }

  it("begin with the commands of the README", () => {
    const [english, japanese] = [commandsOf("README.md"), commandsOf("README.ja.md")];
    expect(japanese.length).to.be.greaterThan(10);
    expect(english).to.include.members(japanese);
  });
});

describe("the pages", () => {
  it("are short: the README 150 lines, any other page 200", () => {
    for (const page of PAGES) {
      const lines = read(page).trimEnd().split("\n").length;
      expect(lines, page).to.be.at.most(page === "README.md" ? 150 : 200);
    }
  });

  it("lead to pages and headings that are there", () => {
    expect(linksOf("README.md").length).to.be.greaterThan(10);
    expect(brokenLinks(PAGES)).to.deep.equal([]);
  });

  it("are all named in the README's table", () => {
    const named = linksOf("README.md").map(({ file }) => file);
    expect(named).to.include.members(markdownIn("docs"));
  });

  it("have the arguments as the doc comments describe them; npm run docs writes them anew", () => {
    expect(read("docs/arguments.md")).to.equal(writeArgumentsPage());
    expect(read("docs/outputs.md")).to.equal(writeOutputsPage());
  });

  it("close every block of code, and leave no line of a command without its indentation", () => {
    for (const page of PAGES) {
      expect((read(page).match(/^```/gm) ?? []).length % 2, page).to.equal(0);
      expect(read(page), page).to.not.match(/^(npm|pulumi|aws) [^`(]*$|^\$\(/m);
    }
  });
});
