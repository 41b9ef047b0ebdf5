/** Files as every module handles them: replaced as a whole, deleted with all below them, known by a digest. */
package io.maeharness.files;
