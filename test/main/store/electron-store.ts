import Conf from 'conf';

/** electron-store without Electron, whose share in it is to know the folder and the name. */
export default class Store extends Conf {
  constructor({ name, ...options }: { readonly name: string; readonly cwd: string }) {
    super({ ...options, configName: name });
  }
}
