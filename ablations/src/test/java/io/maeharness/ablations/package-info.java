/** Settings and plans that the tests of this module share. */
package io.maeharness.ablations;
