import {
  fail,
  HEAD_CAMERA,
  ok,
  type DocumentFailure,
  type DocumentPage,
  type FileRef,
  type MediaFailure,
  type PictureRef,
  type Result,
  type SkillContext,
  type TableReader,
} from "../../src/skill-kit/index.js";
import { pageNumbers } from "./page-numbers.js";

export interface Pages {
  readonly origin: string;
  /** From 1, in order. */
  readonly numbers: readonly number[];
  readonly page: (number: number) => Promise<DocumentPage>;
  readonly close: () => void;
}

export interface AskedPages {
  readonly file?: FileRef | undefined;
  readonly picture?: PictureRef | undefined;
  readonly pages: string;
  readonly password?: string | undefined;
}

type Failure = MediaFailure | DocumentFailure | "two-sources" | "page-out-of-range" | "too-many-pages";

const PDF_MAGIC = "%PDF-";

/** The pages that are asked for: of a PDF, or a picture as the only one. What a file is, its bytes say, not its name. */
export async function openPages(
  { file, picture, pages, password }: AskedPages,
  context: SkillContext<TableReader>,
): Promise<Result<Pages, Failure>> {
  const { backend, openFile, openPicture, signal } = context;
  if (file !== undefined && picture !== undefined) {
    return fail("two-sources", 'Expected "file" or "picture"; found both.');
  }
  if (file === undefined) return onePicture(picture ?? HEAD_CAMERA);
  const opened = await openFile(file);
  if (!opened.ok) return opened;
  const { bytes, origin } = opened.value;
  if (!startsLikePdf(bytes)) return onePicture(file);
  const document = await backend.openDocument(bytes, { signal, ...(password === undefined ? {} : { password }) });
  if (!document.ok) return document;
  const numbers = pageNumbers(pages, document.value.pageCount);
  if (!numbers.ok) {
    document.value.close();
    return numbers;
  }
  return ok({
    origin,
    numbers: numbers.value,
    page: (number) => document.value.page(number),
    close: () => document.value.close(),
  });

  async function onePicture(ref: PictureRef): Promise<Result<Pages, Failure>> {
    const seen = await openPicture(ref);
    if (!seen.ok) return seen;
    const only = pageNumbers(pages, 1);
    if (!only.ok) return only;
    const { frame } = seen.value;
    return ok({
      origin: seen.value.origin,
      numbers: only.value,
      page: async () => ({ number: 1, aspect: frame.width / frame.height, picture: async () => frame }),
      close: () => undefined,
    });
  }
}

/** Some programs put a few bytes in front. */
const startsLikePdf = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, 1_024)).includes(PDF_MAGIC);
