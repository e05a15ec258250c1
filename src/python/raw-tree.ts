// tree-sitter's tree, read once through its cursor into plain nodes; everything after works on those.
// The cursor is the cheapest way out of WebAssembly, and lets the tree be freed at once.

import type { Language, Tree } from "web-tree-sitter";

/** A node of the grammar (https://github.com/tree-sitter/tree-sitter-python), without comments and punctuation. */
export interface RawNode {
  readonly type: string;
  readonly isNamed: boolean;
  /** The grammar's field name; empty for none. */
  readonly field: string;
  readonly start: number;
  readonly end: number;
  readonly children: readonly RawNode[];
}

export interface RawTree {
  readonly root: RawNode;
  /** Offset of the first node that did not parse. */
  readonly firstError: number | undefined;
}

// Keywords and punctuation that carry no meaning once the tree has its shape.
const skipped = new Set([
  ...["(", ")", "[", "]", "{", "}", ",", ":", ".", ";", "->"],
  ...[
    "def",
    "class",
    "if",
    "elif",
    "else",
    "for",
    "while",
    "with",
    "try",
    "finally",
    "return",
    "import",
  ],
  ...[
    "del",
    "raise",
    "assert",
    "lambda",
    "match",
    "case",
    "global",
    "nonlocal",
    "pass",
    "break",
    "continue",
  ],
]);
// Their text is read from the source; what they hold is of no use.
const leaves = new Set(["string_content", "identifier", "import_prefix", "type_conversion"]);

/**
 * Reads a tree; it holds until the next one is read. `undefined` when it has more than `maxNodes` nodes.
 * Iterative: tree-sitter itself nests a hundred thousand levels, the stack does not.
 */
export function readRawTree(tree: Tree, language: Language, maxNodes: number): RawTree | undefined {
  const cursor = tree.walk();
  try {
    const kinds = kindsOf(language);
    const fields = language.fields;
    let firstError: number | undefined;
    let count = 0;
    pool.reset();
    const root = pool.take("module", true, "", cursor.startIndex, cursor.endIndex);
    const path = [root];
    if (!cursor.gotoFirstChild()) return { root, firstError };
    for (;;) {
      if (++count > maxNodes) return undefined;
      const kind = kinds[cursor.nodeTypeId] ?? errorKind;
      const { type } = kind;
      const parent = path[path.length - 1];
      // A slice is told by its colons.
      const isKept = !kind.isSkipped || (type === ":" && parent?.type === "slice");
      if (
        firstError === undefined &&
        (kind === errorKind || (cursor.endIndex === cursor.startIndex && cursor.nodeIsMissing))
      ) {
        firstError = cursor.startIndex;
      }
      if (isKept && parent) {
        const field = fields[cursor.currentFieldId] ?? "";
        const node = pool.take(type, kind.isNamed, field, cursor.startIndex, cursor.endIndex);
        pool.adopt(parent, node);
        if (!leaves.has(type) && cursor.gotoFirstChild()) {
          path.push(node);
          continue;
        }
      }
      while (!cursor.gotoNextSibling()) {
        if (path.length === 1) return { root, firstError };
        cursor.gotoParent();
        path.pop();
      }
    }
  } finally {
    cursor.delete();
  }
}

interface Kind {
  readonly type: string;
  readonly isNamed: boolean;
  readonly isSkipped: boolean;
}

const errorKind: Kind = { type: "ERROR", isNamed: true, isSkipped: false };

const kindsByLanguage = new WeakMap<Language, readonly Kind[]>();

/** What each node type id means, asked of WebAssembly once. */
function kindsOf(language: Language): readonly Kind[] {
  const known = kindsByLanguage.get(language);
  if (known) return known;
  const kinds = language.types.map((type, id): Kind => {
    const isNamed = language.nodeTypeIsNamed(id);
    const isSkipped = isNamed
      ? type === "comment" || type === "line_continuation"
      : skipped.has(type);
    return { type, isNamed, isSkipped };
  });
  kindsByLanguage.set(language, kinds);
  return kinds;
}

/** A node while its children are read, with the list it uses when it has any. */
interface GrowingNode extends RawNode {
  type: string;
  isNamed: boolean;
  field: string;
  start: number;
  end: number;
  children: RawNode[];
  own: RawNode[] | undefined;
}

// Most nodes are leaves: they share one empty list.
const noChildren: RawNode[] = [];

/**
 * The nodes of one tree, used again for the next: a large project has tens of millions, and as garbage
 * they would be most of the memory. A raw tree is gone once it is lowered, before the next is read.
 */
class NodePool {
  readonly #nodes: GrowingNode[] = [];
  #used = 0;

  /** Takes every node back. */
  reset(): void {
    this.#used = 0;
    if (this.#nodes.length > maxPooled) this.#nodes.length = maxPooled;
  }

  take(type: string, isNamed: boolean, field: string, start: number, end: number): GrowingNode {
    const known = this.#nodes[this.#used];
    this.#used += 1;
    if (!known) {
      const node = { type, isNamed, field, start, end, children: noChildren, own: undefined };
      this.#nodes.push(node);
      return node;
    }
    known.type = type;
    known.isNamed = isNamed;
    known.field = field;
    known.start = start;
    known.end = end;
    known.children = noChildren;
    return known;
  }

  adopt(parent: GrowingNode, child: RawNode): void {
    if (parent.children === noChildren) {
      parent.own ??= [];
      parent.own.length = 0;
      parent.children = parent.own;
    }
    parent.children.push(child);
  }
}

const maxPooled = 100_000;
const pool = new NodePool();
