package io.maeharness.interop.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files made to run commands, to fill the memory or to be read where nothing is; each by what it attempts. */
final class HostileFiles {
    private static final int MANY = 4_000_000;

    private HostileFiles() {}

    static Map<String, byte[]> all() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        addPickles(files);
        addTensors(files);
        addArchives(files);
        addSafetensors(files);
        return files;
    }

    private static void addPickles(Map<String, byte[]> files) {
        files.put("os.system in place of the model", pth(system(new PickleBytes(), "os", "system")));
        files.put("posix.system among the training arguments", pth(besideATensor("posix", "system")));
        files.put("builtins.eval among the training arguments", pth(besideATensor("builtins", "eval")));
        files.put(
                "os.system named by the stack",
                pth(new PickleBytes().text("os").text("system").raw(0x93)));
        files.put("an unknown call in place of a tensor's storage", pth(tensorOfACall()));
        PickleBytes nested = new PickleBytes();
        Collections.nCopies(MANY, ']').forEach(nested::op);
        Collections.nCopies(MANY - 1, 'a').forEach(nested::op);
        files.put("lists nested four million deep", pth(nested));
        PickleBytes tuples = new PickleBytes().op(')');
        Collections.nCopies(400_000, 0x85).forEach(tuples::raw);
        files.put("tuples nested four hundred thousand deep", pth(tuples));
        files.put(
                "a list that holds itself",
                pth(new PickleBytes().op(']').raw('q', 0).raw('h', 0).op('a')));
        files.put("a dictionary that is its own model", pth(ownModel()));
        files.put("a dictionary whose keys double sixty times", pth(doublingKeys()));
        files.put("a memo of four million values", pth(memo()));
        files.put("a text of four gigabytes", pth(new PickleBytes().op('X').little(4, 0xFFFFFFFFL)));
        files.put("bytes of 2^62", pth(new PickleBytes().raw(0x8e).little(8, 1L << 62)));
        files.put("bytes of a negative length", pth(new PickleBytes().raw(0x8e).little(8, -1)));
        files.put("an integer of two gigabytes", pth(new PickleBytes().raw(0x8b).little(4, Integer.MAX_VALUE)));
    }

    private static PickleBytes system(PickleBytes pickle, String module, String name) {
        return pickle.global(module, name).op('(').text("echo owned").op('t').op('R');
    }

    private static PickleBytes besideATensor(String module, String name) {
        PickleBytes pickle =
                new PickleBytes().op('}').op('(').text("model").op('}').text("norm.weight");
        pickle.tensor("FloatStorage", "0", 2, 0, new long[] {2}, new long[] {1})
                .op('s')
                .text("args");
        return system(pickle, module, name).op('u');
    }

    private static PickleBytes tensorOfACall() {
        PickleBytes pickle = new PickleBytes().op('}').text("norm.weight").global("torch._utils", "_rebuild_tensor_v2");
        pickle.op('(').global("some.module", "function").op(')').op('R');
        return pickle.integer(0)
                .integers(2)
                .integers(1)
                .raw(0x89)
                .op('}')
                .op('t')
                .op('R')
                .op('s');
    }

    private static PickleBytes ownModel() {
        return new PickleBytes().op('}').raw('q', 0).text("model").raw('h', 0).op('s');
    }

    private static PickleBytes doublingKeys() {
        PickleBytes pickle = new PickleBytes().op('}').op(')');
        Collections.nCopies(60, '2').forEach(twice -> pickle.op(twice).raw(0x86));
        return pickle.op('N').op('s');
    }

    private static PickleBytes memo() {
        PickleBytes pickle = new PickleBytes().op('}');
        for (int i = 0; i < MANY; i++) {
            pickle.op('r').little(4, i * 977L);
        }
        return pickle;
    }

    private static void addTensors(Map<String, byte[]> files) {
        long huge = 1L << 60;
        files.put("a tensor of 2^60 values", tensor(2, 0, new long[] {huge}, new long[] {1}));
        files.put("a storage of 2^60 values", tensor(huge, 0, new long[] {huge}, new long[] {1}));
        files.put("2^60 views of one value", tensor(2, 0, new long[] {huge}, new long[] {0}));
        files.put("a shape whose product overflows", tensor(2, 0, new long[] {1L << 32, 1L << 32}, new long[] {1, 1}));
        files.put("strides beyond the storage", tensor(2, 0, new long[] {2}, new long[] {2}));
        files.put("strides that overflow", tensor(2, 0, new long[] {2}, new long[] {Long.MAX_VALUE}));
        files.put("an offset before the storage", tensor(2, -1, new long[] {1}, new long[] {1}));
        files.put("an offset behind the storage", tensor(2, 2, new long[] {1}, new long[] {1}));
        files.put("a negative size", tensor(2, 0, new long[] {-1}, new long[] {1}));
        files.put("sizes without strides", tensor(2, 0, new long[] {2}, new long[] {}));
        files.put("a storage shorter than it says", tensor(3, 0, new long[] {3}, new long[] {1}));
    }

    private static byte[] tensor(long count, long offset, long[] sizes, long[] strides) {
        return pth(new PickleBytes()
                .op('}')
                .text("norm.weight")
                .tensor("FloatStorage", "0", count, offset, sizes, strides)
                .op('s'));
    }

    private static void addArchives(Map<String, byte[]> files) {
        PickleBytes bomb = new PickleBytes().op('}').text("norm.weight");
        bomb.tensor("FloatStorage", "0", 50_000_000, 0, new long[] {50_000_000}, new long[] {1})
                .op('s');
        files.put(
                "two hundred megabytes of zeros packed into two hundred kilobytes",
                PthFile.of(bomb.end())
                        .with("data/0", new byte[200_000_000])
                        .deflated()
                        .bytes());
        byte[] good = tensor(2, 0, new long[] {2}, new long[] {1});
        files.put("an entry that overlaps another", overlapping(good));
        files.put("an entry that says it unpacks to 4 GB", resized(good, 24, 0xFFFFFFFE));
        files.put("an entry beyond the end of the file", resized(good, 42, 0x7FFFFFFF));
        files.put("a directory of 65,535 entries", manyEntries(good));
        files.put(
                "a storage that is not there",
                pth(new PickleBytes()
                        .op('}')
                        .text("a")
                        .tensor("FloatStorage", "../../etc/passwd", 2, 0, new long[] {2}, new long[] {1})
                        .op('s')));
        files.put(
                "a TorchScript archive",
                PthFile.of(new PickleBytes().op('}').end())
                        .with("constants.pkl", new byte[1])
                        .bytes());
    }

    /** The last entry's header claims the place of the first one. */
    private static byte[] overlapping(byte[] archive) {
        return resized(archive, 42, 0);
    }

    /** Overwrites a field of the last entry of the central directory. */
    private static byte[] resized(byte[] archive, int field, int value) {
        byte[] changed = archive.clone();
        String text = new String(changed, StandardCharsets.ISO_8859_1);
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(text.lastIndexOf("PK\1\2") + field, value);
        return changed;
    }

    private static byte[] manyEntries(byte[] archive) {
        byte[] changed = archive.clone();
        int end = new String(changed, StandardCharsets.ISO_8859_1).lastIndexOf("PK\5\6");
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(end + 8, -1);
        return changed;
    }

    private static void addSafetensors(Map<String, byte[]> files) {
        files.put("safetensors of 2^60 values", safetensors("{\"a\":" + entry("[1152921504606846976]", 0, 8) + "}", 8));
        files.put("a shape that overflows", safetensors("{\"a\":" + entry("[4294967296,4294967296,4]", 0, 0) + "}", 0));
        files.put(
                "overlapping offsets",
                safetensors("{\"a\":" + entry("[2]", 0, 8) + ",\"b\":" + entry("[2]", 4, 12) + "}", 12));
        files.put(
                "the same place twice",
                safetensors("{\"a\":" + entry("[2]", 0, 8) + ",\"b\":" + entry("[2]", 0, 8) + "}", 8));
        files.put(
                "the same name twice",
                safetensors("{\"a\":" + entry("[1]", 0, 4) + ",\"a\":" + entry("[1]", 4, 8) + "}", 8));
        files.put("offsets behind the end", safetensors("{\"a\":" + entry("[2]", 8, 16) + "}", 8));
        files.put("negative offsets", safetensors("{\"a\":" + entry("[2]", -8, 0) + "}", 8));
        files.put("a header of lists nested a million deep", safetensors("{\"a\":" + "[".repeat(1_000_000), 0));
        files.put("a header of one long name", safetensors("{\"" + "a".repeat(7_000_000) + "\":1}", 0));
        files.put("a header of 80 MB", safetensors(" ".repeat(80_000_000), 0));
        files.put(
                "a header longer than the file",
                ByteBuffer.allocate(16).putLong(0, -1).array());
        files.put(
                "a shape of a million dimensions",
                safetensors("{\"a\":" + entry("[" + "1,".repeat(1_000_000) + "1]", 0, 4) + "}", 4));
        files.put(
                "a number of a million digits",
                safetensors("{\"a\":" + entry("[" + "9".repeat(1_000_000) + "]", 0, 4) + "}", 4));
        files.put(
                "a name with line breaks and escape sequences",
                safetensors("{\"a\\n\\u001b[2J\":{\"dtype\":\"X\"}}", 0));
    }

    private static String entry(String shape, long begin, long end) {
        return "{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":[" + begin + "," + end + "]}";
    }

    static byte[] safetensors(String header, int values) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + json.length + values)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }

    private static byte[] pth(PickleBytes pickle) {
        return PthFile.of(pickle.end()).with("data/0", PthFile.floats(1, 2)).bytes();
    }
}
