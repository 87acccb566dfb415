package dev.coldstart.weave;

/** What weaving one class gave. */
final class Woven {
  /** The changed class; empty when it stays as it is, null while it is in a file only. */
  final byte[] bytes;

  /** Numbers of the libraries with a probe in it, see {@link Index}. */
  final byte[] owners;

  /** Those of them whose hooks it calls: their files must be loaded before it runs. */
  final byte[] hooked;

  /** Each one line, with a next step. */
  final String[] warnings;

  Woven(byte[] bytes, byte[] owners, byte[] hooked, String[] warnings) {
    this.bytes = bytes;
    this.owners = owners;
    this.hooked = hooked;
    this.warnings = warnings;
  }

  Woven with(byte[] read) {
    return new Woven(read, owners, hooked, warnings);
  }
}
