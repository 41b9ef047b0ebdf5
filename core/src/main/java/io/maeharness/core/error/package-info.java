/** The one exception type that carries a line for the user and the kind of problem behind it. */
package io.maeharness.core.error;
