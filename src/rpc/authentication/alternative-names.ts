// A value that could be taken for more than one name comes as a JSON string.
const name = /([A-Za-z ]+:(?:"(?:[^"\\]|\\.)*"|[^",]*))(?:, |$)/y;

/**
 * The names in a certificate's `subjectaltname`, which Node.js writes in one string, like `DNS:a.example, URI:spiffe://b`.
 * A name that Node.js put in quotes keeps them, and so is none that can be configured. None when the string is not
 * understood.
 */
export const alternativeNames = (subjectaltname: string | undefined): string[] => {
  if (subjectaltname === undefined) return [];
  const names: string[] = [];
  name.lastIndex = 0;
  while (name.lastIndex < subjectaltname.length) {
    const [, found] = name.exec(subjectaltname) ?? [];
    if (found === undefined) return [];
    names.push(found);
  }
  return names;
};
