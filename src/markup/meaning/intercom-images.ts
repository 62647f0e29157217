/* Where Intercom keeps the images of a help center: the one thing that reading has to know about its hosts. */

/** Tells whether a host serves images that Intercom stores. */
export function isIntercomImageHost(host: string): boolean {
  return intercomHosts.test(host.toLowerCase());
}

/** Removes the query from an address on one of Intercom's image hosts, and leaves all others alone. */
export function withoutSignature(url: string): string {
  const parts = /^https?:\/\/([^/?#\s]+)([^?#\s]*)[?#]/iu.exec(url);
  if (parts === null || !isIntercomImageHost(parts[1] ?? '')) return url;
  return url.slice(0, parts[0].length - 1);
}

/** Removes the queries from all such addresses in a body, as far as that can be told without parsing it. */
export const withoutSignatures = (html: string): string => html.replace(addressOfImage, '$1');

const intercomHosts =
  /^(?:(?:downloads|uploads)\.(?:(?:eu|au)\.)?intercomcdn\.(?:com|eu)|uploads\.intercomusercontent\.com|[^.]+\.(?:au\.)?intercom-attachments(?:-[1-9])?\.(?:com|eu))$/u;

/** An address with its query, if it has one: where it had to have one, thousands without would take forever. */
const addressOfImage =
  /(https?:\/\/[a-z0-9.-]*intercom(?:cdn|usercontent|-attachments(?:-\d)?)\.(?:com|eu)[^\s"'<>?]*)(?:\?[^\s"'<>]*)?/giu;
