import { BinaryReader } from "@bufbuild/protobuf/wire";

/**
 * Most fields that a request itself may have; each item of a list, and each pair of a map, is one. Valid are 2,000 and a
 * few. Whoever sends some thousand more than that is told which list is too long, by the rules of the request.
 */
export const maxFields = 10_000;

/**
 * Most numbers in the encoding of a request: the tag of each field, the length of each text or message, the items of a
 * packed list. Valid are 340,000, in an import of a thousand rows with all that a row may have.
 */
export const maxNumbers = 400_000;

/** The request has more than any valid one. */
export class TooManyItems extends Error {}

/**
 * Reads a request. Throws TooManyItems, now or when it is read so far: items of two bytes each would become a gigabyte of
 * objects before their rules are looked at.
 */
export const requestReader = (bytes: Uint8Array, decodeUtf8: (bytes: Uint8Array) => string): BinaryReader => {
  // A field takes two bytes or more, a number one.
  if (bytes.length > 2 * maxFields) countFields(new CountingReader(bytes));
  return bytes.length > maxNumbers ? new CountingReader(bytes, decodeUtf8) : new BinaryReader(bytes, decodeUtf8);
};

/** Counts what the generated decoders read: all of it begins with such a number, at whatever depth it is. */
class CountingReader extends BinaryReader {
  constructor(bytes: Uint8Array, decodeUtf8?: (bytes: Uint8Array) => string) {
    super(bytes, decodeUtf8);
    const read = this.uint32;
    let numbers = 0;
    this.uint32 = () => {
      if (++numbers > maxNumbers) throw new TooManyItems();
      return read.call(this);
    };
  }
}

const countFields = (reader: BinaryReader): void => {
  for (let fields = 1; reader.pos < reader.len; fields++) {
    if (fields > maxFields) throw new TooManyItems();
    reader.skip(reader.uint32() & 7);
  }
};
