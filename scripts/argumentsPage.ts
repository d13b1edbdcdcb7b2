import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";

const MADE = "Made from the doc comments in `components/` by `npm run docs`.";
const COMPONENTS = path.join(__dirname, "..", "components");

/** A member of an interface or a class, with what its doc comment says: a line for each paragraph. */
interface Member {
  name: string;
  isOptional: boolean;
  paragraphs: string[];
}

/** The page docs/arguments.md, made from the doc comments of the component. */
export function writeArgumentsPage(): string {
  const args = membersOf("amiRefreshArgs.ts", "AmiRefreshArgs");
  const required = args.filter(({ isOptional }) => !isOptional);
  const optional = args.filter(({ isOptional }) => isOptional);
  return page(
    "# Arguments",
    `${MADE} A stack's configuration has a key of the same name for each argument; \`Pulumi.yaml\` describes them too. The keys ` +
      `of \`names\`: [Names and outputs](outputs.md).`,
    "## Required",
    ...required.map(section),
    "## Optional",
    ...optional.map(section),
    "## `instanceRefresh`",
    ...membersOf("amiRefreshArgs.ts", "AmiRefreshInstanceRefresh").map(section),
    "## `patch`",
    ...membersOf("amiRefreshArgs.ts", "AmiRefreshPatch").map(section),
    "## `notifications`",
    ...membersOf("amiRefreshArgs.ts", "AmiRefreshNotifications").map(section),
  );
}

/** The page docs/outputs.md, made from them too. */
export function writeOutputsPage(): string {
  return page(
    "# Names and outputs",
    MADE,
    "## Outputs",
    table(membersOf("amiRefresh.ts", "AmiRefresh")),
    "## `names`",
    "Physical names, each optional: without one Pulumi derives it.",
    table(membersOf("amiRefreshArgs.ts", "AmiRefreshNames")),
  );
}

function page(...paragraphs: string[]): string {
  return `${paragraphs.join("\n\n").trimEnd()}\n`;
}

function section({ name, paragraphs }: Member): string {
  const [first, ...others] = paragraphs;
  return [`**\`${name}\`** ${first}`, ...others].join("\n\n");
}

function table(members: Member[]): string {
  return [
    "| name | |",
    "| --- | --- |",
    ...members.map(
      ({ name, paragraphs }) => `| \`${name}\` | ${paragraphs.join(" ").replaceAll("|", "\\|")} |`,
    ),
  ].join("\n");
}

/** The members of a type that have a doc comment. */
function membersOf(file: string, typeName: string): Member[] {
  const text = fs.readFileSync(path.join(COMPONENTS, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const declared = source.statements.find(
    (one): one is ts.InterfaceDeclaration | ts.ClassDeclaration =>
      (ts.isInterfaceDeclaration(one) || ts.isClassDeclaration(one)) && one.name?.text === typeName,
  );
  return [...(declared?.members ?? [])].flatMap((member) => {
    const [comment] = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
    return comment === undefined || member.name === undefined
      ? []
      : [
          {
            name: member.name.getText(source),
            isOptional: "questionToken" in member && member.questionToken !== undefined,
            paragraphs: paragraphsOf(ts.getTextOfJSDocComment(comment.comment) ?? ""),
          },
        ];
  });
}

/** The lines of a paragraph stand together; those of a list stay lines. */
function paragraphsOf(text: string): string[] {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\n(?!\s*- )\s*/g, " "));
}
