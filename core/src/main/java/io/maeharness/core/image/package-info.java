/**
 * Pictures of bytes and the operations on them, equal to Pillow's to within one level of 255.
 *
 * <p>Pixels are stored row by row with the channels together: (row, column, channel), in short HWC.
 * The operations write into buffers that the caller or a {@link io.maeharness.core.image.Scratch}
 * owns, because they run once for every image of every epoch.
 */
package io.maeharness.core.image;
