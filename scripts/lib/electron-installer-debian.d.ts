declare module 'electron-installer-debian' {
  export default function createDeb(options: {
    src: string;
    dest: string;
    rename: (folder: string) => string;
    arch: string;
    [option: string]: unknown;
  }): Promise<unknown>;
}
