/** Edits methods of class files in place, for what costs most of a start: weaving. */
package dev.coldstart.weave.code;
