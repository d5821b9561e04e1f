export { createPictureFolder, type PictureFolderOptions } from "./create-picture-folder.js";
