"""Prints what pefile reads from each file named on standard input, one JSON document per line."""
import hashlib
import json
import sys
import uuid

import pefile

MACHINES = {0x14C: "x86", 0x8664: "x64", 0xAA64: "arm64", 0x1C4: "armnt"}
# Its checksum and its relocations take pefile seconds for each megabyte.
SLOW = 2 * 1024 * 1024
# It cuts names after 512 bytes; mangled names of C++ templates are longer.
pefile.MAX_SYMBOL_NAME_LENGTH = pefile.MAX_IMPORT_NAME_LENGTH = 4096


def text(value):
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else value


def imports(pe, attribute):
    return [
        {"dll": text(d.dll), "names": ["#%d" % s.ordinal if s.import_by_ordinal else text(s.name) for s in d.imports]}
        for d in getattr(pe, attribute, [])
    ]


def exports(pe):
    table = getattr(pe, "DIRECTORY_ENTRY_EXPORT", None)
    symbols = table.symbols if table else []
    return [{"name": text(s.name), "ordinal": s.ordinal, "rva": s.address, "forwarder": text(s.forwarder)} for s in symbols]


def version_info(pe):
    strings = {}
    for info in getattr(pe, "FileInfo", [])[:1]:
        for entry in info:
            for table in getattr(entry, "StringTable", []):
                for key, value in table.entries.items():
                    strings.setdefault(text(key), text(value))
    return strings


def sections(pe):
    out = []
    for s in pe.sections:
        data = s.get_data()
        out.append({
            "name": text(s.Name.split(b"\0")[0]),
            "rva": s.VirtualAddress,
            "virtualSize": s.Misc_VirtualSize,
            "rawOffset": s.PointerToRawData,
            "rawSize": s.SizeOfRawData,
            "entropy": s.get_entropy(),
            "at": s.get_file_offset(),
            "characteristics": s.Characteristics,
            "sha256": hashlib.sha256(data).hexdigest() if data else None,
            "md5": hashlib.md5(data).hexdigest() if data else None,
        })
    return out


def pdb_name(entry):
    return text(entry.PdbFileName.split(b"\0")[0]) if entry is not None and hasattr(entry, "PdbFileName") else None


def debug(pe):
    out = []
    for d in getattr(pe, "DIRECTORY_ENTRY_DEBUG", []):
        s, identity = d.struct, None
        data = pe.__data__[s.PointerToRawData:s.PointerToRawData + 24]
        if s.Type == 2 and data[:4] == b"RSDS":
            identity = uuid.UUID(bytes_le=bytes(data[4:20])).hex.upper() + "%X" % int.from_bytes(data[20:24], "little")
        out.append({
            "number": s.Type, "offset": s.get_file_offset(), "timestamp": s.TimeDateStamp, "dataOffset": s.PointerToRawData, "dataSize": s.SizeOfData,
            "pdb": pdb_name(d.entry), "identity": identity,
        })
    return out


def resources(pe):
    out = []
    root = getattr(pe, "DIRECTORY_ENTRY_RESOURCE", None)
    for kind in root.entries if root else []:
        for name in kind.directory.entries if hasattr(kind, "directory") else []:
            for language in name.directory.entries if hasattr(name, "directory") else []:
                if not hasattr(language, "data"):
                    continue
                s = language.data.struct
                data = pe.get_data(s.OffsetToData, s.Size)
                out.append({
                    "type": str(kind.name) if kind.name is not None else "#%d" % kind.id,
                    "name": str(name.name) if name.name is not None else "#%d" % name.id,
                    "language": language.id, "offset": pe.get_offset_from_rva(s.OffsetToData), "size": s.Size,
                    "sha256": hashlib.sha256(data).hexdigest() if len(data) == s.Size else None,
                })
    return out


def callbacks(pe):
    tls = getattr(pe, "DIRECTORY_ENTRY_TLS", None)
    if tls is None:
        return None
    wide = 8 if pe.OPTIONAL_HEADER.Magic == 0x20B else 4
    base, address, found = pe.OPTIONAL_HEADER.ImageBase, tls.struct.AddressOfCallBacks, []
    while address:
        value = int.from_bytes(pe.get_data(address - base, wide), "little")
        if value == 0:
            break
        found.append(value - base)
        address += wide
    return found


def relocations(pe):
    blocks = getattr(pe, "DIRECTORY_ENTRY_BASERELOC", None)
    return None if blocks is None else {"blocks": len(blocks), "entries": sum(1 for b in blocks for e in b.entries if e.type != 0)}


def bound(pe):
    return [
        {"dll": text(d.name), "timestamp": d.struct.TimeDateStamp, "offset": d.struct.get_file_offset(),
         "forwarders": [{"dll": text(f.name), "timestamp": f.struct.TimeDateStamp} for f in d.entries]}
        for d in getattr(pe, "DIRECTORY_ENTRY_BOUND_IMPORT", [])
    ]


def rich(pe):
    header = pe.RICH_HEADER
    if header is None:
        return None
    pairs = list(zip(header.values[::2], header.values[1::2]))
    return {"key": int.from_bytes(header.key, "little"), "entries": [{"product": t >> 16, "build": t & 0xFFFF, "count": n} for t, n in pairs]}


def structures(pe):
    found = [pe.DOS_HEADER, pe.FILE_HEADER, pe.OPTIONAL_HEADER, *pe.OPTIONAL_HEADER.DATA_DIRECTORY, *pe.sections]
    # Its 32-bit load configuration lacks a comma between two fields, so what follows is read at the wrong place.
    found += [getattr(pe, name).struct for name in ("DIRECTORY_ENTRY_EXPORT", "DIRECTORY_ENTRY_TLS", "DIRECTORY_ENTRY_LOAD_CONFIG") if hasattr(pe, name)]
    found += getattr(pe, "VS_FIXEDFILEINFO", [])[:1]
    for s in found:
        yield s.name, s


def fields(pe):
    """Offset, length and value of every field of the structures that both read."""
    out = []
    for group, structure in structures(pe):
        for names in structure.__keys__:
            if any("HotPatchTableOffset" in name for name in names) and pe.OPTIONAL_HEADER.Magic == 0x10B:
                break
            value, offset = getattr(structure, names[0]), structure.get_field_absolute_offset(names[0])
            if isinstance(value, int):
                out.append({"field": "%s.%s" % (group, names[0]), "offset": offset, "value": value})
    return out


def facts(path):
    pe = pefile.PE(path, max_symbol_exports=70000, max_repeated_symbol=70000)
    directories = pe.OPTIONAL_HEADER.DATA_DIRECTORY
    certificates = directories[4] if len(directories) > 4 else None
    machine = pe.FILE_HEADER.Machine
    entries = debug(pe)
    return {
        "machine": MACHINES.get(machine, hex(machine)),
        "isDll": bool(pe.FILE_HEADER.Characteristics & 0x2000),
        "timestamp": pe.FILE_HEADER.TimeDateStamp,
        "imphash": pe.get_imphash() or None,
        "richHash": pe.get_rich_header_hash() or None,
        "exports": exports(pe),
        "imports": imports(pe, "DIRECTORY_ENTRY_IMPORT"),
        "delayImports": imports(pe, "DIRECTORY_ENTRY_DELAY_IMPORT"),
        "boundImports": bound(pe),
        "sections": sections(pe),
        "pdb": [e["pdb"] for e in entries if e["pdb"] is not None],
        "debug": entries,
        "resources": resources(pe),
        "callbacks": callbacks(pe),
        "relocations": relocations(pe),
        "rich": rich(pe),
        "overlay": pe.get_overlay_data_start_offset(),
        "fields": fields(pe),
        "versionInfo": version_info(pe),
        "certificateTable": {"offset": certificates.VirtualAddress, "size": certificates.Size}
        if certificates is not None and certificates.VirtualAddress
        else None,
        # Last: it writes the headers anew.
        "checksum": pe.generate_checksum() if len(pe.__data__) <= SLOW else None,
    }


for line in sys.stdin:
    print(json.dumps(facts(line.rstrip("\n"))), flush=True)
