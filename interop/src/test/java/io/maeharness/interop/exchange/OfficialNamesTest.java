package io.maeharness.interop.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfficialNamesTest {
    @ParameterizedTest
    @CsvSource({
        "vit.embeddings.cls_token, cls_token",
        "vit.embeddings.position_embeddings, pos_embed",
        "vit.embeddings.patch_embeddings.projection.weight, patch_embed.proj.weight",
        "vit.encoder.layer.11.attention.output.dense.weight, blocks.11.attn.proj.weight",
        "vit.encoder.layer.0.intermediate.dense.bias, blocks.0.mlp.fc1.bias",
        "vit.encoder.layer.0.output.dense.weight, blocks.0.mlp.fc2.weight",
        "vit.encoder.layer.3.layernorm_before.weight, blocks.3.norm1.weight",
        "vit.encoder.layer.3.layernorm_after.bias, blocks.3.norm2.bias",
        "encoder.layer.3.layernorm_after.bias, blocks.3.norm2.bias",
        "vit.layernorm.weight, norm.weight",
        "layernorm.weight, norm.weight",
        "classifier.weight, head.weight",
        "decoder.mask_token, mask_token",
        "decoder.decoder_pos_embed, decoder_pos_embed",
        "decoder.decoder_embed.weight, decoder_embed.weight",
        "decoder.decoder_layers.7.attention.output.dense.bias, decoder_blocks.7.attn.proj.bias",
        "decoder.decoder_norm.bias, decoder_norm.bias",
        "decoder.decoder_pred.weight, decoder_pred.weight",
        "vit.layers.1.attention.o_proj.weight, blocks.1.attn.proj.weight",
        "layers.1.mlp.fc1.bias, blocks.1.mlp.fc1.bias",
        "decoder.decoder_layers.0.mlp.fc2.weight, decoder_blocks.0.mlp.fc2.weight",
        "decoder.decoder_encoder.layer.7.attention.output.dense.bias, decoder_blocks.7.attn.proj.bias"
    })
    void huggingFacesNamesAreReadAsTheOfficialOnes(String theirs, String official) {
        assertEquals(new OfficialNames.Place(official, 0, 1), OfficialNames.of(theirs));
    }

    @ParameterizedTest
    @CsvSource({
        "vit.encoder.layer.2.attention.attention.query.weight, blocks.2.attn.qkv.weight, 0",
        "vit.encoder.layer.2.attention.attention.key.bias, blocks.2.attn.qkv.bias, 1",
        "decoder.decoder_layers.1.attention.attention.value.weight, decoder_blocks.1.attn.qkv.weight, 2",
        "decoder.decoder_encoder.layer.1.attention.attention.value.weight, decoder_blocks.1.attn.qkv.weight, 2",
        "vit.layers.2.attention.k_proj.bias, blocks.2.attn.qkv.bias, 1"
    })
    void queryKeyAndValueArePartsOfOneTensor(String theirs, String official, int part) {
        assertEquals(new OfficialNames.Place(official, part, 3), OfficialNames.of(theirs));
    }

    @ParameterizedTest
    @CsvSource({
        "blocks.0.attn.qkv.weight, blocks.0.attn.qkv.weight",
        "module.blocks.0.attn.qkv.weight, blocks.0.attn.qkv.weight",
        "_orig_mod.module.cls_token, cls_token",
        "something.of.its.own, something.of.its.own"
    })
    void officialNamesStayAsTheyAreBehindTheirWrappers(String theirs, String official) {
        assertEquals(new OfficialNames.Place(official, 0, 1), OfficialNames.of(theirs));
    }

    @Test
    void aNumberBeyondAllModelsIsNoLayer() {
        String name = "encoder.layer.99999999999.layernorm_after.bias";
        assertEquals(new OfficialNames.Place(name, 0, 1), OfficialNames.of(name));
    }
}
