package dev.shallot.run;

/**
 * What sets one kind of our binary files apart. All of them are a prologue, a header in JSON,
 * sections of numbers and a footer, each under a checksum of its own; all numbers are
 * little-endian:
 *
 * <pre>
 * 0    8 bytes   magic: 89, six letters, 0A (a text transfer would break the first or the last byte)
 * 8    int       format version
 * 12   int       length H of the header
 * 16   int       CRC32C of bytes 0 .. 15
 * 20   H bytes   header, JSON
 *      int       CRC32C of the header
 * then sections:
 *      4 bytes   name, filled with blanks
 *      long      count of numbers
 *      count float64, float32 or int64
 *      int       CRC32C of name, count and numbers
 * then the footer:
 *      long      length of the whole file
 *      4 bytes   "END" 0A
 *      int       CRC32C of the length and "END" 0A
 * </pre>
 *
 * Every byte is under a checksum, so a file that opens is the file that was written. Nothing in it
 * is run or named as a class.
 *
 * @param letters of the magic, six
 * @param newest the newest format version that is known here
 * @param noun what such a file is called
 * @param remedy what to do about a damaged one
 */
record BinaryFormat(String letters, int newest, String noun, String remedy) {
  static final byte[] END = {'E', 'N', 'D', '\n'};
  static final int PROLOGUE = 20;
  static final int SECTION = 16;
  static final int SECTION_HEAD = 12;
  static final int FOOTER = 16;
  static final int CHUNK = 1 << 16;

  byte[] magic() {
    byte[] magic = new byte[8];
    magic[0] = (byte) 0x89;
    for (int i = 0; i < 6; i++) {
      magic[1 + i] = (byte) letters.charAt(i);
    }
    magic[7] = '\n';
    return magic;
  }
}
