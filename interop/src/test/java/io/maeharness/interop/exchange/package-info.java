/** What the readers of foreign files promise, and files to hold them to it. */
package io.maeharness.interop.exchange;
