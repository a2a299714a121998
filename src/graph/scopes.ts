/** Unique, scoped names of one graph, as TensorFlow makes them: `conv1`, `conv1_1`, `tower/conv1`. */
export class Scopes {
  readonly #taken = new Map<string, number>();
  #prefix = "";

  /** The current scope with its slash, `"tower/"`, or `""`. */
  get prefix(): string {
    return this.#prefix;
  }

  /** A free name for `wanted` in the current scope. A trailing slash means: exactly this scope's own name. */
  unique(wanted: string): string {
    if (wanted.endsWith("/")) return this.#claimScopeName(wanted.slice(0, -1));
    return this.#claim(this.#prefix + wanted);
  }

  /** Runs `build` inside a scope; it gets the prefix, to be used as a name (`relu(x, { name: scope })`). */
  within<T>(name: string, build: (scope: string) => T): T {
    const outer = this.#prefix;
    // As in TensorFlow, a name that ends in a slash re-enters that scope, and "" leaves all scopes.
    this.#prefix = name === "" || name.endsWith("/") ? name : `${this.#claim(outer + name)}/`;
    try {
      return build(this.#prefix);
    } finally {
      this.#prefix = outer;
    }
  }

  #claimScopeName(name: string): string {
    const key = `${name}/`;
    const used = this.#taken.has(key);
    this.#taken.set(key, 1);
    if (used) return this.#claim(name);
    if (!this.#taken.has(name)) this.#taken.set(name, 1);
    return name;
  }

  #claim(name: string): string {
    let uses = this.#taken.get(name) ?? 0;
    let candidate = uses === 0 ? name : `${name}_${uses}`;
    while (uses > 0 && this.#taken.has(candidate)) candidate = `${name}_${++uses}`;
    this.#taken.set(name, uses + 1);
    if (candidate !== name) this.#taken.set(candidate, 1);
    return candidate;
  }
}
