/** Where golden values lie and how their arrays are read. */
package io.maeharness.core.golden;
