import ts from "typescript";

/** Something that a declaration file says exists, as a reference shows it. */
export interface Declared {
  /** How it is named in code: `similarity.jaccard`, `dateParts`. */
  name: string;
  kind: "function" | "object" | "type";
  /** The declaration without its docstring, one member a line. */
  signature: string;
  /** The docstring's text, without its tags. */
  doc: string;
  /** What `@throws` says. */
  throws: string[];
  /** What `@example` says: an expression, then `// ` and its value. */
  examples: string[];
  /** The functions of an object. */
  members: Declared[];
}

/** What a file of declarations exports, in the file's order. An object and the interface that types it are one. */
export function declaredIn(text: string): Declared[] {
  const file = ts.createSourceFile("declarations.d.ts", text, ts.ScriptTarget.Latest, true);
  const interfaces = new Map<string, ts.InterfaceDeclaration>();
  for (const statement of file.statements)
    if (ts.isInterfaceDeclaration(statement)) interfaces.set(statement.name.text, statement);
  const ofObjects = new Set<string>();
  const found: Declared[] = [];
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const declaration of statement.declarationList.declarations) {
      const type = declaration.type?.getText() ?? "";
      const described = interfaces.get(type);
      if (!described) continue;
      ofObjects.add(type);
      const name = declaration.name.getText();
      found.push({ ...said(described, name, "object"), members: methodsOf(described, name) });
    }
  }
  for (const statement of file.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name)
      found.push(said(statement, statement.name.text, "function"));
    else if (
      (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) &&
      !ofObjects.has(statement.name.text)
    )
      found.push(said(statement, statement.name.text, "type"));
  }
  return found;
}

/** The methods and properties of the interface of that name, in the file's order. */
export function membersOf(text: string, name: string): Declared[] {
  const file = ts.createSourceFile("source.ts", text, ts.ScriptTarget.Latest, true);
  const described = file.statements.find(
    (statement): statement is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(statement) && statement.name.text === name,
  );
  if (!described) throw new Error(`no interface ${name}`);
  return methodsOf(described, "polytab");
}

function methodsOf(described: ts.InterfaceDeclaration, owner: string): Declared[] {
  return described.members.map((member) => said(member, `${owner}.${member.name?.getText() ?? ""}`, "function"));
}

function said(node: ts.Node, name: string, kind: Declared["kind"]): Declared {
  const tags = ts.getJSDocTags(node);
  const textOf = (tag: ts.JSDocTag): string => (ts.getTextOfJSDocComment(tag.comment) ?? "").trim();
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return {
    name,
    kind,
    signature: node
      .getText()
      .replace(/^export\s+(declare\s+)?/, "")
      .replace(/^(function|readonly)\s+/, "")
      .trim(),
    doc: comments.map((comment) => ts.getTextOfJSDocComment(comment.comment) ?? "").join("\n\n"),
    throws: tags.filter((tag) => tag.tagName.text === "throws").map(textOf),
    examples: tags.filter((tag) => tag.tagName.text === "example").map(textOf),
    members: [],
  };
}
