package io.maeharness.ablations.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** Messages as one line of JSON each. */
final class Protocol {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .build();

    private Protocol() {}

    static String line(WorkerMessage message) {
        return write(WorkerMessage.class, message);
    }

    static String line(WorkOrder order) {
        return write(WorkOrder.class, order);
    }

    /** Whether a line is meant for the coordinator; native libraries print where they like. */
    static boolean isMessage(String line) {
        return line.startsWith("{\"message\":");
    }

    static WorkerMessage message(String line) {
        return read(line, WorkerMessage.class);
    }

    static WorkOrder order(String line) {
        return read(line, WorkOrder.class);
    }

    private static String write(Class<?> type, Object value) {
        try {
            return JSON.writerFor(type).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message cannot be written as JSON: " + value, e);
        }
    }

    private static <T> T read(String line, Class<T> type) {
        try {
            return JSON.readValue(line, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not a " + type.getSimpleName() + ": " + line, e);
        }
    }
}
