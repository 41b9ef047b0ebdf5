/** What is found by looking, and not by a list that somebody has to keep. */
package io.maeharness.core.discovery;
