#include "LanguageData.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

/* The closing zero lets a table be empty. */
static const unsigned char lexicon[] = {
#embed "lexicon.bin" suffix(, )
    0};

static const unsigned char gazetteer[] = {
#embed "gazetteer.bin" suffix(, )
    0};

static const unsigned char network[] = {
#embed "network.bin" suffix(, )
    0};

static const unsigned char attributions[] = {
#embed "attributions.bin" suffix(, )
    0};

static const unsigned char link_counts[] = {
#embed "link-counts.bin" suffix(, )
    0};

static const unsigned char linking[] = {
#embed "linking.bin" suffix(, )
    0};

const unsigned char *onrecord_link_counts(void) { return link_counts; }
size_t onrecord_link_counts_count(void) { return sizeof link_counts - 1; }

const unsigned char *onrecord_linking(void) { return linking; }
size_t onrecord_linking_count(void) { return sizeof linking - 1; }

const unsigned char *onrecord_attributions(void) { return attributions; }
size_t onrecord_attributions_count(void) { return sizeof attributions - 1; }

const unsigned char *onrecord_network(void) { return network; }
size_t onrecord_network_count(void) { return sizeof network - 1; }

const unsigned char *onrecord_lexicon(void) { return lexicon; }
size_t onrecord_lexicon_count(void) { return sizeof lexicon - 1; }

const unsigned char *onrecord_gazetteer(void) { return gazetteer; }
size_t onrecord_gazetteer_count(void) { return sizeof gazetteer - 1; }
