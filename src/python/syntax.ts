// Pyward's own syntax tree of Python: what every later room works on. Plain data, no tree-sitter.
// Shapes follow CPython's `ast` (https://docs.python.org/3/library/ast.html), with our own names.

/** `start` and `end` are offsets into the file's text, in UTF-16 units; `end` is exclusive. */
interface Spanned {
  readonly start: number;
  readonly end: number;
}

export interface NameExpression extends Spanned {
  readonly kind: "name";
  readonly id: string;
}
export interface StringExpression extends Spanned {
  readonly kind: "string";
  readonly value: string;
}
export interface BytesExpression extends Spanned {
  readonly kind: "bytes";
  /** One character per byte. */
  readonly value: string;
}
export interface NumberExpression extends Spanned {
  readonly kind: "number";
  readonly value: number;
  readonly isFloat: boolean;
}
export interface SingletonExpression extends Spanned {
  readonly kind: "singleton";
  /** `undefined` is `...`. */
  readonly value: true | false | null | undefined;
}
export interface FormattedExpression extends Spanned {
  readonly kind: "formatted";
  /** Literal text, already unescaped, and the expressions between braces. */
  readonly parts: readonly (string | FormattedPart)[];
}
export interface FormattedPart {
  readonly value: Expression;
  /** `r`, `s` or `a` after `!`; empty for none. */
  readonly conversion: string;
  /** The format specifier as written: `>10`, `d`; empty for none. */
  readonly format: string;
  /** The expressions between braces within the format specifier: `width` of `{text:{width}}`. */
  readonly formatValues?: readonly Expression[];
}
export interface BinaryExpression extends Spanned {
  readonly kind: "binary";
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}
export interface UnaryExpression extends Spanned {
  readonly kind: "unary";
  readonly operator: "not" | "-" | "+" | "~";
  readonly operand: Expression;
}
export interface LogicalExpression extends Spanned {
  readonly kind: "logical";
  readonly operator: "and" | "or";
  readonly left: Expression;
  readonly right: Expression;
}
export interface CompareExpression extends Spanned {
  readonly kind: "compare";
  readonly left: Expression;
  /** `==`, `!=`, `<`, `<=`, `>`, `>=`, `in`, `not in`, `is`, `is not`. */
  readonly operators: readonly string[];
  readonly comparators: readonly Expression[];
}
export interface CallExpression extends Spanned {
  readonly kind: "call";
  readonly callee: Expression;
  readonly arguments: readonly Argument[];
}
export interface Argument {
  /** The keyword; `undefined` for a positional argument. */
  readonly name: string | undefined;
  readonly spread: "" | "*" | "**";
  readonly value: Expression;
}
export interface AttributeExpression extends Spanned {
  readonly kind: "attribute";
  readonly object: Expression;
  readonly name: string;
}
export interface SubscriptExpression extends Spanned {
  readonly kind: "subscript";
  readonly object: Expression;
  readonly index: Expression;
}
export interface SliceExpression extends Spanned {
  readonly kind: "slice";
  readonly lower: Expression | undefined;
  readonly upper: Expression | undefined;
  readonly step: Expression | undefined;
}
export interface SequenceExpression extends Spanned {
  readonly kind: "tuple" | "list" | "set";
  readonly elements: readonly Expression[];
}
export interface DictExpression extends Spanned {
  readonly kind: "dict";
  /** A `key` of `undefined` is `**value`. */
  readonly entries: readonly {
    readonly key: Expression | undefined;
    readonly value: Expression;
  }[];
}
export interface LambdaExpression extends Spanned {
  readonly kind: "lambda";
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
}
export interface ConditionalExpression extends Spanned {
  readonly kind: "conditional";
  readonly test: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
}
export interface ComprehensionExpression extends Spanned {
  readonly kind: "comprehension";
  readonly form: "list" | "set" | "generator" | "dict";
  /** For a dict the key; `value` is then the value. */
  readonly element: Expression;
  readonly value: Expression | undefined;
  readonly clauses: readonly ComprehensionClause[];
}
export interface ComprehensionClause {
  readonly target: Expression;
  readonly iterable: Expression;
  readonly conditions: readonly Expression[];
  readonly isAsync: boolean;
}
export interface AwaitExpression extends Spanned {
  readonly kind: "await";
  readonly value: Expression;
}
export interface YieldExpression extends Spanned {
  readonly kind: "yield";
  readonly value: Expression | undefined;
  readonly isFrom: boolean;
}
export interface StarredExpression extends Spanned {
  readonly kind: "starred";
  readonly value: Expression;
}
export interface WalrusExpression extends Spanned {
  readonly kind: "walrus";
  readonly target: NameExpression;
  readonly value: Expression;
}
/** Code that did not parse, is nested too deeply, or is no expression of ours. */
export interface UnknownExpression extends Spanned {
  readonly kind: "unknown";
}

export type Expression =
  | NameExpression
  | StringExpression
  | BytesExpression
  | NumberExpression
  | SingletonExpression
  | FormattedExpression
  | BinaryExpression
  | UnaryExpression
  | LogicalExpression
  | CompareExpression
  | CallExpression
  | AttributeExpression
  | SubscriptExpression
  | SliceExpression
  | SequenceExpression
  | DictExpression
  | LambdaExpression
  | ConditionalExpression
  | ComprehensionExpression
  | AwaitExpression
  | YieldExpression
  | StarredExpression
  | WalrusExpression
  | UnknownExpression;

export interface Parameter extends Spanned {
  readonly name: string;
  readonly spread: "" | "*" | "**";
  readonly annotation: Expression | undefined;
  readonly default: Expression | undefined;
  /** How it may be given, by the `/` and `*` of the list. */
  readonly passing: "positional" | "either" | "keyword";
}

export interface FunctionStatement extends Spanned {
  readonly kind: "function";
  readonly name: string;
  readonly nameStart: number;
  readonly parameters: readonly Parameter[];
  readonly returns: Expression | undefined;
  readonly decorators: readonly Expression[];
  readonly isAsync: boolean;
  readonly body: readonly Statement[];
}
export interface ClassStatement extends Spanned {
  readonly kind: "class";
  readonly name: string;
  readonly nameStart: number;
  readonly arguments: readonly Argument[];
  readonly decorators: readonly Expression[];
  readonly body: readonly Statement[];
}
export interface ReturnStatement extends Spanned {
  readonly kind: "return";
  readonly value: Expression | undefined;
}
export interface DeleteStatement extends Spanned {
  readonly kind: "delete";
  readonly targets: readonly Expression[];
}
export interface AssignStatement extends Spanned {
  readonly kind: "assign";
  /** `a = b = value` has two targets. */
  readonly targets: readonly Expression[];
  readonly value: Expression;
}
export interface AnnotatedStatement extends Spanned {
  readonly kind: "annotated";
  readonly target: Expression;
  readonly annotation: Expression;
  readonly value: Expression | undefined;
}
export interface AugmentedStatement extends Spanned {
  readonly kind: "augmented";
  readonly target: Expression;
  /** Without the `=`: `+`, `|`, `%`. */
  readonly operator: string;
  readonly value: Expression;
}
export interface ForStatement extends Spanned {
  readonly kind: "for";
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
  readonly isAsync: boolean;
}
export interface WhileStatement extends Spanned {
  readonly kind: "while";
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}
export interface IfStatement extends Spanned {
  readonly kind: "if";
  /** `if` and every `elif`, flat: a chain of a thousand is no deeper than one. */
  readonly branches: readonly { readonly test: Expression; readonly body: readonly Statement[] }[];
  readonly otherwise: readonly Statement[];
}
export interface WithStatement extends Spanned {
  readonly kind: "with";
  readonly items: readonly {
    readonly context: Expression;
    readonly target: Expression | undefined;
  }[];
  readonly body: readonly Statement[];
  readonly isAsync: boolean;
}
export interface RaiseStatement extends Spanned {
  readonly kind: "raise";
  readonly value: Expression | undefined;
  readonly cause: Expression | undefined;
}
export interface TryStatement extends Spanned {
  readonly kind: "try";
  readonly body: readonly Statement[];
  readonly handlers: readonly ExceptionHandler[];
  readonly otherwise: readonly Statement[];
  readonly finally: readonly Statement[];
}
export interface ExceptionHandler extends Spanned {
  readonly type: Expression | undefined;
  readonly name: string | undefined;
  readonly body: readonly Statement[];
}
export interface AssertStatement extends Spanned {
  readonly kind: "assert";
  readonly test: Expression;
  readonly message: Expression | undefined;
}
export interface ImportStatement extends Spanned {
  readonly kind: "import";
  readonly names: readonly ImportedName[];
}
export interface ImportFromStatement extends Spanned {
  readonly kind: "import-from";
  /** Dots before the module: 0 for an absolute import. */
  readonly level: number;
  /** Empty for `from . import x`. */
  readonly module: string;
  /** A single name `*` for a star import. */
  readonly names: readonly ImportedName[];
}
export interface ImportedName {
  readonly name: string;
  readonly alias: string | undefined;
}
export interface ScopeStatement extends Spanned {
  readonly kind: "global" | "nonlocal";
  readonly names: readonly string[];
}
export interface ExpressionStatement extends Spanned {
  readonly kind: "expression";
  readonly value: Expression;
}
export interface SimpleStatement extends Spanned {
  readonly kind: "pass" | "break" | "continue";
}
export interface MatchStatement extends Spanned {
  readonly kind: "match";
  readonly subject: Expression;
  readonly cases: readonly MatchCase[];
}
export interface MatchCase extends Spanned {
  readonly pattern: Pattern;
  readonly guard: Expression | undefined;
  readonly body: readonly Statement[];
}
/** Code that did not parse: it costs its statement, never the file. */
export interface BrokenStatement extends Spanned {
  readonly kind: "broken";
}

export type Statement =
  | FunctionStatement
  | ClassStatement
  | ReturnStatement
  | DeleteStatement
  | AssignStatement
  | AnnotatedStatement
  | AugmentedStatement
  | ForStatement
  | WhileStatement
  | IfStatement
  | WithStatement
  | RaiseStatement
  | TryStatement
  | AssertStatement
  | ImportStatement
  | ImportFromStatement
  | ScopeStatement
  | ExpressionStatement
  | SimpleStatement
  | MatchStatement
  | BrokenStatement;

export type Pattern =
  | { readonly kind: "any"; readonly name: string | undefined }
  | { readonly kind: "value"; readonly value: Expression }
  | { readonly kind: "either"; readonly patterns: readonly Pattern[] }
  | { readonly kind: "sequence"; readonly patterns: readonly Pattern[] }
  | { readonly kind: "rest"; readonly name: string | undefined }
  | {
      readonly kind: "mapping";
      readonly entries: readonly { readonly key: Expression; readonly pattern: Pattern }[];
      readonly rest: string | undefined;
    }
  | {
      readonly kind: "class";
      readonly type: Expression;
      readonly positional: readonly Pattern[];
      readonly keywords: readonly { readonly name: string; readonly pattern: Pattern }[];
    }
  | { readonly kind: "bound"; readonly pattern: Pattern; readonly name: string };

/** A parsed file. */
export interface SyntaxTree {
  readonly body: readonly Statement[];
  /** 1-based line of the first place that did not parse; `undefined` when all did. */
  readonly firstErrorLine: number | undefined;
}
