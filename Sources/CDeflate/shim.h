/* Inflating: zlib for what comes in pieces, libdeflate for members that are whole in memory (more than twice as fast).
   zlib's set-up is a macro, and its state points back at its own address: both stay on this side. */
#ifndef ONRECORD_CDEFLATE_SHIM_H
#define ONRECORD_CDEFLATE_SHIM_H

#include <libdeflate.h>
#include <stdint.h>
#include <stdlib.h>
#include <zlib.h>

/* Bits of the window as inflateInit2 has them: 31 for gzip, 15 for zlib, -15 for bare deflate. NULL without memory. */
static inline z_stream *onrecord_inflate_new(int bits) {
    z_stream *stream = (z_stream *)calloc(1, sizeof(z_stream));
    if (stream != NULL && inflateInit2(stream, bits) != Z_OK) {
        free(stream);
        return NULL;
    }
    return stream;
}

static inline void onrecord_inflate_free(z_stream *stream) {
    inflateEnd(stream);
    free(stream);
}

/* Inflates what fits; `taken` and `made` count bytes. Gives zlib's result. */
static inline int onrecord_inflate(z_stream *stream, const void *in, uint32_t in_count, void *out, uint32_t out_count,
                                   uint32_t *taken, uint32_t *made) {
    stream->next_in = (Bytef *)in;
    stream->avail_in = in_count;
    stream->next_out = (Bytef *)out;
    stream->avail_out = out_count;
    int result = inflate(stream, Z_NO_FLUSH);
    *taken = in_count - stream->avail_in;
    *made = out_count - stream->avail_out;
    return result;
}

#endif
