/** IPTC's word for what a generative model made. */
export const GENERATED_SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

const escape = (text: string): string =>
  text
    .replaceAll(/[^\P{Cc}\t\n\r]/gu, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

/** An XMP packet that says of a picture or a video that a generative model made it, and which. */
export function generatedXmp({ model, comment }: { readonly model: string; readonly comment?: string }): string {
  const told =
    comment === undefined
      ? ""
      : `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escape(comment)}</rdf:li></rdf:Alt></dc:description>`;
  return [
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"',
    ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"',
    ` Iptc4xmpExt:DigitalSourceType="${GENERATED_SOURCE_TYPE}" Iptc4xmpExt:AISystemUsed="${escape(model)}"`,
    ` xmp:CreatorTool="Handeye">${told}</rdf:Description></rdf:RDF></x:xmpmeta>`,
    '<?xpacket end="w"?>',
  ].join("");
}
