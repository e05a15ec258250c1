// The templates of what we write on GitHub. They hold structure and fixed words; what is put into
// them is Markdown already (see markdown.ts), so nothing is escaped here, and none is made of data.

import Handlebars from "handlebars";

export interface Templates {
  /** Throws where the template, or a value that it asks for, is missing: that is our mistake. */
  render(name: string, values: object): string;
}

/** Compiles templates, each when it is first asked for; keys of `sources` are names such as `help`. */
export function compileTemplates(sources: Readonly<Record<string, string>>): Templates {
  const handlebars = Handlebars.create();
  const compiled = new Map<string, HandlebarsTemplateDelegate>();
  return {
    render(name, values) {
      const source = sources[name];
      if (source === undefined) throw new Error(`there is no template named "${name}"`);
      const template =
        compiled.get(name) ?? handlebars.compile(source, { noEscape: true, strict: true });
      compiled.set(name, template);
      return template(values).trim();
    },
  };
}
