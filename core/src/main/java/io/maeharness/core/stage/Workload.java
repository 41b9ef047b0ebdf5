package io.maeharness.core.stage;

/**
 * What a part of a stage asks of a machine, counted from the configuration: what a device computes, moves and starts, and
 * what the processor beside it has to do meanwhile. Parts of a stage follow one another. Nothing here is measured.
 *
 * @param device what the devices do
 * @param host what the processor does
 * @param devices most devices that compute the part together, at least 1
 * @param exchanged bytes of gradients that each of several devices has a sum of, over the whole part
 */
public record Workload(Device device, Host host, int devices, double exchanged) {
    /** A part that one device computes. */
    public Workload(Device device, Host host) {
        this(device, host, 1, 0);
    }

    /**
     * Work of the devices.
     *
     * @param macs multiply-accumulates, forward and backward, in the precision of the stage
     * @param macsInFp32 those that are computed in fp32 whatever the precision of the stage
     * @param traffic bytes moved between a device and its memory
     * @param launches kernels that are started
     */
    public record Device(double macs, double macsInFp32, double traffic, double launches) {
        /** Nothing. */
        public static final Device NONE = new Device(0, 0, 0);

        /** Work whose products are all in the precision of the stage. */
        public Device(double macs, double traffic, double launches) {
            this(macs, 0, traffic, launches);
        }
    }

    /** The same part with more for its devices to do. */
    public Workload with(Device more) {
        Device both = new Device(
                device.macs() + more.macs(),
                device.macsInFp32() + more.macsInFp32(),
                device.traffic() + more.traffic(),
                device.launches() + more.launches());
        return new Workload(both, host, devices, exchanged);
    }

    /**
     * Work of the processor.
     *
     * @param pictures that are read, and decoded where they lie in files
     * @param pixels of the views made of them, which other threads prepare while the device computes
     * @param macs multiply-accumulates that ONNX Runtime computes while the device waits
     * @param values numbers that the thread of the training draws or compares one by one while the device waits
     */
    public record Host(double pictures, double pixels, double macs, double values) {
        /** Nothing. */
        public static final Host NONE = new Host(0, 0, 0, 0);

        /**
         * Square views of pictures.
         *
         * @param pictures how many
         * @param pixels of all views of one
         */
        public static Host views(double pictures, double pixels) {
            return new Host(pictures, pictures * pixels, 0, 0);
        }

        /** The same with the words that a tokenizer gives each picture, where ONNX Runtime does so on the processor. */
        public Host tokenised(TokenizerStage tokenizer, int channels) {
            if (!tokenizer.usesOnnxRuntime(true)) {
                return this;
            }
            double scores =
                    (double) tokenizer.model().numPatches() * tokenizer.wordsPerPatch() * tokenizer.vocabulary();
            return new Host(
                    pictures, pixels, macs + pictures * tokenizer.macsOfWords(channels), values + pictures * scores);
        }
    }
}
