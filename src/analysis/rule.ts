export interface Rule {
  readonly kind: "pattern" | "taint" | "project";
}
