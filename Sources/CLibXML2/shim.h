/* libxml2's HTML reader, and the few macros and mutable globals that Swift 6 cannot call, as functions. */
#ifndef ONRECORD_CLIBXML2_SHIM_H
#define ONRECORD_CLIBXML2_SHIM_H

/* ICU's headers clash with those inside Foundation; nothing that we call needs them. */
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/HTMLparser.h>
#include <libxml/tree.h>
#include <libxml/xmlmemory.h>

/* xmlFree is a mutable global function pointer. */
static inline void onrecord_xml_free(void *memory) { xmlFree(memory); }

#endif
