/** Training with labels: fine-tuning, also of the last blocks only, and training from scratch. Source: paper, A.1 and A.2. */
package io.maeharness.core.supervised;
