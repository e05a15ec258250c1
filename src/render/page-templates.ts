// The templates of our web pages: HTML, escaped unless a template says otherwise.

import Handlebars from "handlebars";

/** Renders the template of a name with its data; the result is a whole HTML page. */
export interface PageTemplates {
  render(name: string, data: object): string;
}

/**
 * Compiles HTML templates. The keys of `sources` are names such as `rule-page`; those that begin
 * with `partials/` can be included by the others. Strict: a value that is missing throws.
 */
export function compilePageTemplates(sources: Readonly<Record<string, string>>): PageTemplates {
  const handlebars = Handlebars.create();
  const compiled = new Map<string, HandlebarsTemplateDelegate>();
  for (const [name, source] of Object.entries(sources)) {
    if (name.startsWith("partials/")) {
      handlebars.registerPartial(name.slice("partials/".length), source);
    } else {
      // Or a partial's code would be indented as far as its mention is.
      compiled.set(name, handlebars.compile(source, { strict: true, preventIndent: true }));
    }
  }

  return {
    render(name, data) {
      const template = compiled.get(name);
      if (!template) throw new Error(`there is no page template named "${name}"`);
      return template(data);
    },
  };
}
