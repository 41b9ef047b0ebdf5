/** Whether results moved: loss curves, accuracies and speeds of this code against their reference. */
package io.maeharness.workbench.gate;
