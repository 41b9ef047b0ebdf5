package io.maeharness.core.data;

/**
 * What a data set's publisher hands out.
 *
 * @param train the training pictures, the later validation part among them
 * @param test the test pictures
 */
record TrainAndTest(ImageDataset train, ImageDataset test) {}
