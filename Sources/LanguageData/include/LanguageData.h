/* Compiled word tables and gazetteer, read-only in the executable. Made by Tools/compile-data from Data/. */
#ifndef ONRECORD_LANGUAGE_DATA_H
#define ONRECORD_LANGUAGE_DATA_H

#include <stddef.h>

const unsigned char *onrecord_lexicon(void);
size_t onrecord_lexicon_count(void);

const unsigned char *onrecord_gazetteer(void);
size_t onrecord_gazetteer_count(void);

const unsigned char *onrecord_network(void);
size_t onrecord_network_count(void);

const unsigned char *onrecord_attributions(void);
size_t onrecord_attributions_count(void);

const unsigned char *onrecord_link_counts(void);
size_t onrecord_link_counts_count(void);

const unsigned char *onrecord_linking(void);
size_t onrecord_linking_count(void);

#endif
