// What is used of modern-tar.

declare module "modern-tar" {
  export interface Member {
    readonly header: { readonly name: string; readonly size: number; readonly type?: string };
    readonly body: ReadableStream<Uint8Array>;
  }
  export function createTarDecoder(options?: { readonly strict?: boolean }): {
    readonly readable: ReadableStream<Member>;
    readonly writable: WritableStream<Uint8Array>;
  };
  export function packTar(
    members: readonly {
      readonly header: { readonly name: string; readonly size: number; readonly type?: string };
      readonly body?: string;
    }[],
  ): Promise<Uint8Array>;
}
