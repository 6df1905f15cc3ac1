/// The bytes within a gzip file of one member or many (RFC 1952). A damaged member is passed over where the next can be found.
final class GzipSource: ByteSource {
    /// Members up to these sizes are inflated at one go; larger ones stream.
    private static let (wholeInput, wholeOutput) = (1 << 20, 4 << 20)

    /// What only looks like a member is tried so many times in a file: more is made to cost time.
    private static let maximumTries = 1000

    private let input: ByteReader
    private let budget: InflationBudget
    private let whole = WholeInflater()
    /// The member that streams.
    private var inflater: Inflater?
    private var room = 1 << 18
    private var isOver = false
    /// Whether the place of the next member is being looked for.
    private var isLost = false
    private var tries = 0

    init(_ input: ByteReader, budget: InflationBudget) {
        self.input = input
        self.budget = budget
    }

    func read(into window: inout ByteWindow) -> Piece {
        while !isOver {
            if inflater != nil {
                if let piece = stream(into: &window) { return piece }
                continue
            }
            guard findMember() else { return over(input.fault) }
            guard isMember else {
                if isLost {
                    input.drop(1)
                    continue
                }
                return lose("no gzip member starts where one should")
            }
            switch member(into: &window) {
            case .done(let taken, let made):
                isLost = false
                input.drop(taken)
                guard budget.allows(made) else { return over(bomb) }
                if made > 0 { return .bytes }
            case .tooLarge:
                isLost = false
                guard let inflater = Inflater(.gzip) else {
                    return over(Fault(offset: input.offset, reason: "there is no memory to inflate it"))
                }
                self.inflater = inflater
            case .bad:
                if isLost {
                    tries += 1
                    guard tries < GzipSource.maximumTries else {
                        return over(
                            Fault(offset: input.offset, reason: "too much of it is damaged: not read on"))
                    }
                    input.drop(1)
                } else if isDamaged {
                    return lose("a gzip member is damaged")
                } else if let inflater = Inflater(.gzip) {
                    // Cut at its end, or larger than what is held: what can be had of it streams.
                    self.inflater = inflater
                } else {
                    return over(Fault(offset: input.offset, reason: "there is no memory to inflate it"))
                }
            }
        }
        return .end
    }

    private var bomb: Fault { Fault(offset: input.offset, reason: InflationBudget.reason, isLast: true) }

    private func over(_ fault: Fault?) -> Piece {
        isOver = true
        guard var fault else { return .end }
        fault.isLast = true
        return .fault(fault)
    }

    private func lose(_ reason: String) -> Piece {
        isLost = true
        inflater = nil
        let fault = Fault(offset: input.offset, reason: reason)
        input.drop(1)
        return .fault(fault)
    }

    /// Goes to the next byte that can be a member's; zeros between members are padding.
    private func findMember() -> Bool {
        while input.fill(1) {
            if isLost {
                guard let found = input.window.held.firstIndex(of: 0x1F) else {
                    input.drop(input.count)
                    continue
                }
                input.drop(found - input.window.held.startIndex)
                return true
            }
            guard input.window[0] == 0 else { return true }
            input.drop(1)
        }
        return false
    }

    private var isMember: Bool {
        input.fill(4) && input.window[0] == 0x1F && input.window[1] == 0x8B && input.window[2] == 8
            && input.window[3] & 0xE0 == 0
    }

    /// The next member, whole.
    private func member(into window: inout ByteWindow) -> WholeInflater.Outcome {
        guard let whole else { return .bad }
        input.fill(1 << 16)
        while true {
            switch whole.inflateGzip(input.window.held, into: &window, room: room) {
            case .done(let taken, let made): return .done(taken: taken, made: made)
            case .tooLarge:
                guard room < GzipSource.wholeOutput else { return .tooLarge }
                room *= 4
            case .bad:
                // It may only go on behind what was read.
                let held = input.count
                guard held < GzipSource.wholeInput, input.fill(held + 1) else { return .bad }
                input.fill(min(GzipSource.wholeInput, held * 2))
            }
        }
    }

    /// Whether the member breaks within what is held of it: then nothing of it is given, as any of it may be wrong.
    private var isDamaged: Bool {
        guard let inflater = Inflater(.gzip) else { return false }
        var scratch = ByteWindow()
        let (_, _, outcome) = inflater.inflate(input.window.held, into: &scratch, room: GzipSource.wholeOutput)
        return outcome == .broken
    }

    /// The next bytes of the member that streams; nil where it ended.
    private func stream(into window: inout ByteWindow) -> Piece? {
        guard let inflater else { return nil }
        guard input.fill(1) else {
            return over(
                input.fault ?? Fault(offset: input.offset, reason: "the file ends within a gzip member: it is cut"))
        }
        let (taken, made, outcome) = inflater.inflate(input.window.held, into: &window, room: 1 << 18)
        input.drop(taken)
        guard budget.allows(made) else { return over(bomb) }
        switch outcome {
        case .goesOn: return made > 0 ? .bytes : taken > 0 ? nil : lose("a gzip member is damaged")
        case .ended:
            self.inflater = nil
            return made > 0 ? .bytes : nil
        case .broken: return lose("a gzip member is damaged")
        }
    }
}
