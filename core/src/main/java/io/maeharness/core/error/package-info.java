/** The exceptions that carry a line for the user, and with it the kind of problem behind it; all others are errors inside. */
package io.maeharness.core.error;
